"""The addresses of logging in and out."""

from django.urls import path

from accounts.views import login_page, logout_page, office_page, password_page

app_name = "accounts"
urlpatterns = [
    path("login/", login_page, name="login"),
    path("logout/", logout_page, name="logout"),
    path("office/", office_page, name="switch_office"),
    path("password/", password_page, name="password"),
]
